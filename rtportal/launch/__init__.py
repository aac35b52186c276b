"""Starting the whole portal with one command: embedded Valkey, database, worker and web."""
