"""The room that reads the files, module by module."""
