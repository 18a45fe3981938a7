// A mail server that takes every letter and keeps it, so that a test reads what a
// person would have received.
import { createServer } from 'node:net';

/** Starts the server; `letter` waits for one. */
export async function mailServer() {
  const letters = [];
  const awaited = new Set();
  const take = (letter) => {
    letters.push(letter);
    for (const look of [...awaited]) look();
  };
  const server = createServer((socket) => talk(socket, take));
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  return {
    settings: { ATLAS_SMTP: `smtp://127.0.0.1:${server.address().port}?starttls=off`, ATLAS_MAIL_FROM: 'atlas@mesto.example' },
    stop: () => server.close(),
    /**
     * The oldest letter to an address that was not read yet; of those with a
     * subject and words when they are given. Fails when none comes within a minute,
     * which is longer than the program takes to look for news.
     */
    letter(to, subject, about = /./) {
      return new Promise((ok, fail) => {
        const late = setTimeout(() => {
          awaited.delete(look);
          fail(new Error(`no letter ${subject ?? ''} to ${to}; there are: ${letters.map((l) => `${l.to}: ${l.subject}`).join('; ')}`));
        }, 60_000);
        const look = () => {
          const i = letters.findIndex((l) => l.to === to && (!subject || l.subject === subject) && about.test(l.text));
          if (i < 0) return;
          clearTimeout(late);
          awaited.delete(look);
          ok(letters.splice(i, 1)[0]);
        };
        awaited.add(look);
        look();
      });
    },
  };
}

/** Speaks SMTP with the program (RFC 5321) and hands over each letter. */
function talk(socket, take) {
  let rest = '', to, content;
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (content) {
      if (line !== '.') return content.push(line.replace(/^\.\./, '.'));
      take({ to, ...read(content.join('\n')) });
      content = undefined;
      return say('250 2.0.0 taken');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') to = line.match(/<(.*?)>/)[1];
    if (verb === 'DATA') content = [];
    if (verb === 'QUIT') return socket.end('221 2.0.0 bye\r\n');
    say(verb === 'EHLO' ? '250-posta.test\r\n250 8BITMIME' : verb === 'DATA' ? '354 go on' : '250 2.0.0 ok');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => {}); // a connection that breaks off brings no letter, and the test says so
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop();
    lines.forEach(hear);
  });
  say('220 posta.test ESMTP');
}

/** Subject and words of a letter: of its part that is plain text. */
function read(source) {
  const split = source.indexOf('\n\n');
  const head = source.slice(0, split).replace(/\n[ \t]+/g, ' ');
  const boundary = head.match(/boundary="?([^";\n]+)/i)?.[1];
  const part = source.slice(split).split(`--${boundary}`).find((p) => /^\s*Content-.*text\/plain/is.test(p));
  const body = part.slice(part.indexOf('\n\n', 1) + 2);
  return { subject: words(head.match(/^Subject: (.*)$/im)[1]).replaceAll('\u00a0', ' '), text: /base64/i.test(part.slice(0, 300)) ? Buffer.from(body, 'base64').toString() : unquoted(body.replace(/=\n/g, '')) };
}

/** The words of a header (RFC 2047, quoted-printable and base64). */
function words(header) {
  return header.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, how, text) =>
    how.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')));
}

function unquoted(text) {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from([...bytes].some((c) => c.charCodeAt(0) > 255) ? bytes : Buffer.from(bytes, 'latin1')).toString();
}
