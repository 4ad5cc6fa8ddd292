"""What comes in as a file and what is given away as one."""
