# files of tools/ that are installed or packed
