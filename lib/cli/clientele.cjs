#!/usr/bin/env node
'use strict';
// The command of the installed package. In the words of an old Node, so that it can say what it needs.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Clientele needs Node 24 or newer: this is Node ${process.versions.node}.\n`,
  );
  process.exit(3);
}
import('./main.js');
