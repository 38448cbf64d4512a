# files of xslt/ that are installed or packed
