"""What can be downloaded beside the pages: tables, objects and pictures, made but not written."""
