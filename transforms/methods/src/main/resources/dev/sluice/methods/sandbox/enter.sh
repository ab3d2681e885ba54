# Enters a sandbox and runs one program in it. Runs as process 1 of namespaces of its own (user, mount,
# network, process, ipc, host name); what ends it ends everything in them. Variables: SANDBOX_*.
# Descriptor 3 is for the caller: why the sandbox cannot be had, that the program starts, how it ended.
set -eu
exec 3>"$SANDBOX_JAIL/status"
refuse() {
  echo "refused $1" >&3
  exit 125
}
[ "$(readlink /proc/self/ns/net)" != "$SANDBOX_OUTER_NET" ] || refuse "the network cannot be taken away"
# No namespaces within this one, in which a program would have privileges again.
echo 0 >/proc/sys/user/max_user_namespaces || refuse "further namespaces cannot be forbidden"
root=$SANDBOX_JAIL/root
mount -t tmpfs -o size=1m,nr_inodes=400,mode=755,nosuid,nodev tmpfs "$root" || refuse "an empty file system cannot be mounted"
cd "$root"
mkdir work old dev proc
mount -t proc proc proc || refuse "the processes outside cannot be hidden"
mount -t tmpfs -o "size=${SANDBOX_DISK_MB}m,nr_inodes=4000,mode=700,nosuid,nodev" tmpfs work || refuse "a folder of limited size cannot be mounted"
show() {
  mkdir -p ".$1"
  mount --bind "$1" ".$1" && mount -o remount,bind,ro,nosuid,nodev ".$1" || refuse "the folder $1 cannot be shown to programs; other users must be able to read it"
}
for folder in /bin /lib /lib32 /lib64; do
  if [ -L "$folder" ]; then
    cp -P "$folder" ".$folder"
  elif [ -d "$folder" ]; then
    show "$folder"
  fi
done
for folder in /usr/bin /usr/lib /usr/lib32 /usr/lib64; do
  if [ -d "$folder" ] && [ ! -L "$folder" ]; then
    show "$folder"
  fi
done
[ -z "$SANDBOX_SHOWN" ] || show "$SANDBOX_SHOWN"
for device in null urandom; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device" || refuse "/dev/$device cannot be shown"
done
cp "$SANDBOX_JAIL"/in/* work/ || refuse "the program cannot be copied"
pivot_root . old || refuse "the root folder cannot be changed"
cd /work
# umount reads /proc, so that goes last.
umount -l /old && rmdir /old || refuse "the old root folder cannot be taken away"
umount -l /proc && rmdir /proc || refuse "the list of processes cannot be taken away"
mount -o remount,ro,nosuid,nodev / || refuse "the root folder cannot be made read-only"
set +e
# What follows may be ended by the program: it is a process of the same user.
echo started >&3
# The caller ends the program in time; timeout does if the caller itself was killed.
timeout --signal=KILL "$((SANDBOX_WALL_S + 10))" prlimit --cpu="$SANDBOX_CPU_S:$((SANDBOX_CPU_S + 1))" --as="$SANDBOX_MEMORY" --fsize="$SANDBOX_FILE" \
  --nproc="$((SANDBOX_PROCESSES + 2))" --nofile=128 --core=0 --memlock=0 --msgqueue=0 -- \
  setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- \
  env -i PATH=/usr/bin:/bin HOME=/work TMPDIR=/work LANG=C.UTF-8 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 "$@" 3>&-
code=$?
echo "ended $code $(stat -f -c %a /work)" >&3
exit 0
