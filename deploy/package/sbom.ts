/** The bill of materials of the package for production, in the form of CycloneDX. */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { LEFT_OUT } from './left-out.ts';

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const componentSchema = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() });
export const sbomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: componentSchema }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
export type Sbom = z.infer<typeof sbomSchema>;

/**
 * What npm says of the lock file, without what only development needs and without what only the packages that are left out
 * bring along. Libraries that are bundled into our files are in it.
 * @param project folder of package.json and package-lock.json
 */
export function makeSbom(project: string, name: string): Sbom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
  const printed = execFileSync('npm', args, { cwd: project, encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX });
  const whole = sbomSchema.parse(JSON.parse(printed));
  const { metadata, components, dependencies } = whole;
  const leftOut = new Set(components.filter((one) => LEFT_OUT.includes(one.name)).map((one) => one['bom-ref']));
  const kept = reachable(metadata.component['bom-ref'], dependencies, leftOut);
  return {
    ...whole,
    // npm names the folder, which may have any name.
    metadata: { ...metadata, component: { ...metadata.component, name } },
    components: components.filter((one) => kept.has(one['bom-ref'])),
    dependencies: dependencies
      .filter(({ ref }) => kept.has(ref))
      .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => kept.has(ref)) })),
  };
}

function reachable(root: string, dependencies: Sbom['dependencies'], without: ReadonlySet<string>): Set<string> {
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const found = new Set([root]);
  // A set gives what is added while it is walked, too.
  for (const ref of found) {
    for (const needed of needs.get(ref) ?? []) if (!without.has(needed)) found.add(needed);
  }
  return found;
}
