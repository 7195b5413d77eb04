"""Asks the session of a play on this host for a step, and tells Ansible what came of it."""

import base64
import json

from ansible.module_utils.basic import AnsibleModule


def text_of(encoded):
    return base64.b64decode(encoded).decode("utf-8", "replace")


def main():
    module = AnsibleModule(
        argument_spec={
            "session": {"type": "path", "required": True},
            "verb": {"choices": ["step", "undo"], "default": "step"},
            "request": {"type": "str", "required": True},
        },
        supports_check_mode=True,
    )
    session, verb, request = (module.params[name] for name in ("session", "verb", "request"))
    status, printed, errors = module.run_command(["bash", session + "/ask", verb], data=request, binary_data=True)
    lines = printed.splitlines()
    try:
        answer = json.loads(lines.pop())
    except (IndexError, ValueError):
        module.fail_json(msg="The session of this play gave no answer.", rc=status, stdout=printed, stderr=errors)
    result = {
        "outcome": answer["outcome"],
        "changed": answer["outcome"] == "changed",
        "rc": status,
        "stdout": "\n".join(lines),
        "stderr": errors,
    }
    if status != 0:
        module.fail_json(msg=errors.strip() or "The step failed.", **result)
    if answer["outcome"] == "skipped":
        result["skipped"] = True
        result["msg"] = result["stdout"]
    if answer["facts"]:
        result["ansible_facts"] = answer["facts"]
    if "diff" in answer and module._diff:
        change = answer["diff"]
        result["diff"] = {
            "before_header": change["path"],
            "before": text_of(change["before"]),
            "after_header": change["path"],
            "after": text_of(change["after"]),
        }
    module.exit_json(**result)


if __name__ == "__main__":
    main()
