"""What the pages of basic ideas show: a file a section or a picture of their own."""
