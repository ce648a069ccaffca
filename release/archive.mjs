// A folder as an archive that is the same whenever and wherever it is made: `node release/archive.mjs FOLDER NAME`.
// What runs on Windows is a zip, everything else a tar.gz that keeps which files are programs.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { zipOf } from '../extension/build/zip.mjs';

const [folder, name] = process.argv.slice(2);
if (name.includes('-win-')) {
  writeFileSync(`${name}.zip`, await zipOf(folder));
} else {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const tar = execFileSync('tar', ['--create', '--format=ustar', '--sort=name', `--mtime=@${epoch}`, '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX', '--directory', folder, '.'], { maxBuffer: 1 << 30 });
  writeFileSync(`${name}.tar.gz`, execFileSync('gzip', ['-9', '--no-name'], { input: tar, maxBuffer: 1 << 30 }));
}
