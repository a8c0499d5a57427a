import type { SyntaxMistake } from './syntax-mistake';

/** @throws RangeError where it is nested too deeply */
export async function parseTerraform(text: string): Promise<SyntaxMistake | null> {
  // Loading it unpacks and compiles a program of its own: only for those who need it.
  const { parse } = await import('@cdktn/hcl2json');
  try {
    await parse('file.tf', text);
    return null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const said = error instanceof Error ? error.message.slice(0, 200) : '';
    // `[file.tf:2,6-3,1: …`: only the line is taken from what it says.
    const line = /\[file\.tf:(\d{1,9}),/.exec(said)?.[1];
    return {
      rule: 'syntax/terraform',
      title: 'is not valid HCL; correct it, or leave it out of what is deployed',
      line: line === undefined ? null : Number(line),
    };
  }
}
