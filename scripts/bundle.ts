import { existsSync, statSync } from 'node:fs';
import { type BuildResult, build, type Metafile } from 'esbuild';

export interface Bundle {
  /** Of the one file of code. */
  readonly bytes: number;
  readonly metafile: Metafile;
}

/**
 * Bundles one entry, dependencies included, as a single ES module at `outfile`, with its source map beside it.
 * Throws where the entry does not exist or does not build.
 */
export async function bundle(entry: string, outfile: string): Promise<Bundle> {
  if (!existsSync(entry)) throw new Error(`${entry} does not exist, so there is nothing to bundle.`);
  const { metafile }: BuildResult<{ metafile: true }> = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // Errors are told by class name in the log.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    mainFields: ['module', 'main'],
    alias: { '@slack/socket-mode': './scripts/no-socket-mode.ts' },
    // Dependencies in CommonJS call require, which an ES module does not have.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  return { bytes: statSync(outfile).size, metafile };
}
