import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The 1/10 sample of CDNOW (Fader & Hardie), as the package `lifetimes` (MIT) ships it: what tests
 * hold the statistics to. Laid down in .cache/data in the form of shared/data; needs Python with pip.
 */

const wanted =
  'lifetimes==0.11.3 --hash=sha256:261e3dc89977c2b60767ca6728aaa29d429de0c814635070a749c36555895da8\n';
const folder = join(import.meta.dirname, '..', '.cache', 'data', 'cdnow');
const transactions = join(folder, 'transactions.csv');
const summary = join(folder, 'summary.csv');

if (!existsSync(transactions) || !existsSync(summary)) {
  const download = join(folder, 'download');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  const requirements = join(download, 'requirements.txt');
  writeFileSync(requirements, wanted);
  const python = (...args: string[]) => execFileSync('python3', args, { stdio: 'inherit' });
  const options = ['--quiet', '--no-deps', '--require-hashes', '--dest', download];
  python('-m', 'pip', 'download', ...options, '-r', requirements);
  python('-m', 'zipfile', '-e', join(download, 'Lifetimes-0.11.3-py3-none-any.whl'), download);
  const datasets = join(download, 'lifetimes', 'datasets');
  const lines = readFileSync(join(datasets, 'CDNOW_sample.txt'), 'utf8').trim().split(/\r?\n/);
  writeFileSync(
    transactions,
    `${['master_id,customer_id,date,quantity,amount', ...lines.map(asCsv)].join('\n')}\n`,
  );
  copyFileSync(join(datasets, 'cdnow_customers_summary_with_transactions.csv'), summary);
  rmSync(download, { recursive: true });
}

/** `00004 0001 19970101  2   29.33` → `00004,1,1997-01-01,2,29.33`. */
function asCsv(line: string): string {
  const [master, id, day, quantity, amount] = line.trim().split(/\s+/) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const date = day.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  return [master, Number(id), date, quantity, amount].join(',');
}
