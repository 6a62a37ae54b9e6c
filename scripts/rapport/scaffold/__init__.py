"""Starting points that work as they are: `rapport new figure`, `chapter` and `number`. Nothing is overwritten."""
