/**
 * How the names of program files end: `.ts` in a checkout, which Node runs as it is, and `.js` in the package that
 * production installs. For what finds a program by its path: migrations, and the programs of child processes.
 */
export const CODE_SUFFIX = import.meta.filename.slice(import.meta.filename.lastIndexOf('.'));
