"""The record: append-only events, chained per matter, sealed daily."""
