# Tries what a sandbox must not allow; prints what it could do. Arguments: a folder outside, the
# limits of memory, of a file and of the folder in MiB.
[ ! -e "$1" ] && [ ! -e /etc/passwd ] && [ ! -e /proc/self ] || echo "files outside can be seen"
(: >/usr/bin/sluice-probe) 2>/dev/null && echo "files outside can be written"
(: >/sluice-probe) 2>/dev/null && echo "files outside can be written"
mount -t tmpfs tmpfs /work 2>/dev/null && echo "file systems can be mounted"
unshare --user true 2>/dev/null && echo "namespaces can be made"
dd if=/dev/null of=/dev/null bs="$(($2 + 16))M" count=1 2>/dev/null && echo "memory is not limited"
dd if=/dev/urandom of=/work/large bs=1M count="$(($3 + 1))" 2>/dev/null && echo "the size of files is not limited"
rm -f /work/large
written=0
while [ "$written" -le "$4" ]; do
  dd if=/dev/urandom of="/work/part$written" bs=1M count=1 2>/dev/null || break
  written=$((written + 1))
done
[ "$written" -le "$4" ] || echo "the size of the folder is not limited"
exit 0
