import { contestants } from './contestants.ts';

// One contestant in a process of its own, so that its memory is its own: prints a line of JSON.
const [name = '', home = ''] = process.argv.slice(2);
const begun = performance.now();
const records = await contestants[name]?.(home);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage();
const processorSeconds = (user + system) / 1e6;
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ records, seconds, processorSeconds, megabytes }));
