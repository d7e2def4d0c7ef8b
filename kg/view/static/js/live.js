// placeholder
export async function liveSource(data) { throw new Error("no live source yet"); }
