// A real Bluesky PDS with its directory of identities, on loopback and in memory, from the packages in a folder.
// It says where it is, and ends with its input.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const packages = join(resolve(process.argv[2]), "node_modules");
const { TestNetworkNoAppView } = await import(pathToFileURL(join(packages, "@atproto/dev-env/dist/index.js")));
const network = await TestNetworkNoAppView.create();
process.stdin.resume();
process.stdin.on("end", async () => {
  await network.close();
  process.exit(0);
});
console.log(JSON.stringify({ url: network.pds.url }));
