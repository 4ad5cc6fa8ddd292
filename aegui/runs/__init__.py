"""What happened: runs as folders on disk."""
