# files of conf/ that are installed or packed
