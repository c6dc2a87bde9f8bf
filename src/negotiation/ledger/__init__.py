"""The record on disk: the only room that knows the event store and its database."""
