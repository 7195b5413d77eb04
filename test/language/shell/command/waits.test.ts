import { expect, test } from "vitest";
import { readShell } from "../../../../src/language/shell/analyse.ts";

const commands = `bash
sh -l
/bin/bash -i
WHERE=inside bash
exec zsh
busybox sh
su nobody
su - web -s /bin/bash
su
sudo -i
sudo -u web -i
sudo su -
sudo bash
sudo -u web A=1 bash
incus exec web -- bash
incus exec --user 1000 web -- sudo -i
lxc exec web bash
incus shell web
incus console web
lxc-attach -n web
lxc-attach --name "$C"
lxc-attach -n web -- bash
lxc-console -n web
docker exec -it web sh
docker exec -i -u 0 web /bin/bash
docker run -it debian
docker run --rm -it -v /a:/b debian bash
docker run debian bash
docker compose exec web bash
docker-compose exec web sh
docker --context other exec -it web bash
podman exec -it web sh
docker attach web
docker start -ai web
kubectl exec -it pod -- sh
ssh host
ssh -p 22 -i key root@host
ssh -t host
ssh host bash
ssh host sudo -i
virsh console web
virsh
virsh -c qemu:///system console web
xl console web
chroot /mnt
chroot /mnt /bin/bash
nsenter -t 1 -m -u
nsenter --target 1 --all
nsenter --target 1 --all bash
unshare --net
newgrp docker
sg docker
machinectl shell web
ip netns exec blue bash
vagrant ssh
env -i bash
timeout 5 bash
setsid bash
if true; then bash; fi
x=$(bash)
(cd /; bash)
bash &`.split("\n");

const inputs = `mysql
mysql -u root web
python3
python3 -i
perl
node
psql web
sqlite3 a.db
redis-cli
read -r x
vi /etc/fstab
sudo nano /etc/fstab
visudo
crontab -e
systemctl edit web
virsh edit web
fdisk /dev/sda
passwd web
docker exec -it db mysql
lxc-attach -n web -- passwd`.split("\n");

const fine = `bash -c true
bash script.sh
bash "$script"
sh -ec 'true'
bash --version
bash <<<true
bash <script
bash 0<script
echo true | bash
curl https://example.org | sudo bash
{ bash; } <script
while read -r x; do echo; done <file
printf a | while read -r x; do echo; done
while read -r x; do bash; done < <(ls)
f() { bash; }
cat > >(bash)
su nobody -c true
su -s /bin/sh -c true web
runuser -u web -- true
sudo true
sudo -l
sudo -u web true
env A=1 true
incus exec web -- true
incus exec web -- bash -c true
lxc-attach -n web -- true
lxc-attach -n web true
docker exec web true
docker exec -d web bash
docker run debian
docker run -d -it debian
docker run --rm debian true
docker compose up -d
docker start web
kubectl exec pod -- true
ssh host true
ssh -N -L 1:2:3 host
ssh -p 22 host 'cd /; ls'
ssh host bash -c true
virsh list
virsh start web
virsh -c qemu:///system list
chroot /mnt true
nsenter -t 1 -m true
unshare --net true
ip netns exec blue ip addr
mysql -e 'select 1'
mysql --execute='select 1'
mysql <dump.sql
python3 -c 'print()'
python3 -m http.server
python3 script.py
psql -c 'select 1'
psql --file=a.sql
sqlite3 a.db 'select 1'
redis-cli ping
read -r x <file
read -ru 3 x
crontab -l
systemctl edit --stdin web
fdisk -l /dev/sda
vim --version
echo bash
command -v bash
lxc list
lxc-start -n web
flock /lock -c true
timeout 5 bash -c true
vagrant ssh -c true
newgrp docker <<<true
apt-get install bash`.split("\n");

test.each(commands)("waits for commands: %s", (text) => {
  expect(readShell(text)).toMatchObject({ errors: [], waiting: [{ for: "commands" }] });
});

test.each(inputs)("waits for input: %s", (text) => {
  expect(readShell(text)).toMatchObject({ errors: [], waiting: [{ for: "input" }] });
});

test.each(fine)("waits for nothing: %s", (text) => {
  expect(readShell(text)).toMatchObject({ errors: [], waiting: [] });
});
