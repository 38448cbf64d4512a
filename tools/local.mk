# files of tools/ that are installed or packed
dist_sbin_SCRIPTS = tools/waterportal-issuers
EXTRA_DIST += tools/demo tools/lib/packages tools/lib/common.sh tools/lib/httpd.conf
