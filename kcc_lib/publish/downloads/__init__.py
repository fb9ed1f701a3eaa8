"""Writing what can be downloaded beside the pages of an edition."""
