/** The runbook that the fleet runs: a service that answers on the host's own address. */
export const page = `---
title: A page of each host's own
runbook:
  id: fleet-page
  needs: [root, systemd]
  params:
    ADDRESS: { pattern: "[0-9]{1,3}([.][0-9]{1,3}){3}", description: The host's address }
    GREETING: { default: hello }
---

\`\`\`sh step="folder"
mkdir /srv/hello
\`\`\`

\`\`\`text step="text" file="/srv/hello/index.html"
$GREETING from $ADDRESS
\`\`\`

\`\`\`ini step="unit" file="/etc/systemd/system/hello.service"
[Service]
ExecStart=/usr/bin/python3 -m http.server --directory /srv/hello --bind $ADDRESS 8080

[Install]
WantedBy=multi-user.target
\`\`\`

\`\`\`sh step="start"
systemctl daemon-reload
systemctl enable --now hello
\`\`\`

\`\`\`sh step="process" sets="PROCESS"
PROCESS=$(systemctl show --property MainPID --value hello)
\`\`\`

## Checks and way back

\`\`\`sh guard="folder"
[ -d /srv/hello ]
\`\`\`

\`\`\`sh undo="folder"
rmdir /srv/hello
\`\`\`

\`\`\`sh guard="start"
systemctl is-active --quiet hello && systemctl is-enabled --quiet hello
\`\`\`

\`\`\`sh proof="start" within="30s"
exec 3<>"/dev/tcp/$ADDRESS/8080"
\`\`\`

\`\`\`sh undo="start"
systemctl disable --now hello
\`\`\`
`;

/** The same by hand. */
export const byHand = `- hosts: all
  gather_facts: false
  serial: "{{ serial | default(100) }}"
  tasks:
    - ansible.builtin.file: { path: /srv/hello, state: directory }
    - ansible.builtin.copy: { content: "hello from {{ ADDRESS }}\\n", dest: /srv/hello/index.html }
    - ansible.builtin.copy:
        content: |
          [Service]
          ExecStart=/usr/bin/python3 -m http.server --directory /srv/hello --bind {{ ADDRESS }} 8080

          [Install]
          WantedBy=multi-user.target
        dest: /etc/systemd/system/hello.service
    - ansible.builtin.systemd: { name: hello, daemon_reload: true, enabled: true, state: started }
    - ansible.builtin.wait_for: { host: "{{ ADDRESS }}", port: 8080, timeout: 30 }
    - ansible.builtin.command: systemctl show --property MainPID --value hello
      register: shown
      changed_when: false
    - ansible.builtin.set_fact: { PROCESS: "{{ shown.stdout }}" }
`;
