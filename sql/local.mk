# files of sql/ that are installed or packed
