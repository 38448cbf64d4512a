# files of htdocs/ that are installed or packed
