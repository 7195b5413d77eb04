/** A file of a role or its playbook, by its path below the folder of the export. */
export interface RoleFile {
  path: string;
  text: string;
}
