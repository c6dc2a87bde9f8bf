"""Between the record and the printed page: readers, anomalies and writers."""
