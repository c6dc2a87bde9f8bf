"""Questions people ask of the record, one file each: folds and filters over entries."""
