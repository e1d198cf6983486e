/*
 * Switchboard's web chat. One script tag puts a button on the page that opens a conversation with the bot of a channel:
 *
 *   <script src="https://bots.example.org/webchat/KEY.js" async data-title="Ask us"></script>
 *
 * It needs nothing else, keeps to its own shadow tree, and never puts text on the page as HTML.
 */
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script || window.__switchboardWebchat) {
    return;
  }
  window.__switchboardWebchat = true;

  const channel = script.src.replace(/[?#].*$/, '').replace(/\.js$/, '');
  const words = {
    title: script.dataset.title || 'Chat with us',
    greeting: script.dataset.greeting || 'Hello! What would you like to know?',
    placeholder: script.dataset.placeholder || 'Write a message',
    send: script.dataset.send || 'Send',
    close: script.dataset.close || 'Close chat',
    you: script.dataset.you || 'You',
    us: script.dataset.us || 'Assistant',
    save: script.dataset.save || 'Save',
    missing: script.dataset.missing || 'The file could not be loaded. Please try again.',
    typing: script.dataset.typing || 'is writing…',
    busy: script.dataset.busy || 'That was a lot at once. Please wait a moment and send it again.',
    offline: script.dataset.offline || 'No connection. Your message was not sent; please try again.'
  };
  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; font: 16px/1.45 system-ui, sans-serif; }
    .open, .panel { position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; }
    .open { border: 0; border-radius: 28px; padding: 14px 22px; background: #14532d; color: #fff; font-weight: 600;
      cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
    .panel { width: min(380px, calc(100vw - 24px)); height: min(560px, calc(100vh - 40px)); display: flex;
      flex-direction: column; background: #fff; color: #17201a; border: 1px solid #c9d3cc; border-radius: 16px; overflow: hidden;
      box-shadow: 0 8px 32px rgb(0 0 0 / .25); }
    .panel[hidden], .open[hidden] { display: none; }
    header { display: flex; align-items: center; justify-content: space-between; padding: 12px 16px; background: #14532d; color: #fff; }
    h2 { margin: 0; font-size: 17px; font-weight: 600; }
    header button { border: 0; background: none; color: #fff; font-size: 24px; line-height: 1; padding: 4px 10px; cursor: pointer; }
    .log { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 10px; }
    .said { max-width: 85%; padding: 9px 13px; border-radius: 14px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .bot { align-self: flex-start; background: #eef3ef; }
    .visitor { align-self: flex-end; background: #14532d; color: #fff; }
    .said a { color: inherit; }
    .said img { display: block; max-width: 100%; border-radius: 8px; margin-bottom: 6px; }
    .file { display: block; margin: 2px 0 4px; border: 1px solid #14532d; border-radius: 10px; padding: 7px 12px; background: #fff; color: #14532d;
      text-align: start; overflow-wrap: anywhere; cursor: pointer; }
    .choices { display: flex; flex-wrap: wrap; gap: 8px; }
    .choices button { border: 1px solid #14532d; border-radius: 18px; padding: 7px 14px; background: #fff; color: #14532d; cursor: pointer; }
    .note { align-self: center; color: #55645a; font-size: 14px; }
    .name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    form { display: flex; gap: 8px; padding: 12px; border-top: 1px solid #dbe3dd; }
    textarea { flex: 1; resize: none; height: 46px; padding: 10px 12px; border: 1px solid #7d8f84; border-radius: 10px; color: inherit; background: #fff; }
    form button { border: 0; border-radius: 10px; padding: 0 16px; background: #14532d; color: #fff; font-weight: 600; cursor: pointer; }
    button:focus-visible, textarea:focus-visible { outline: 3px solid #d97706; outline-offset: 2px; }
    @media (max-width: 480px) { .panel { right: 12px; bottom: 12px; } }
    @media (prefers-color-scheme: dark) {
      .panel { background: #16201a; color: #eef3ef; border-color: #3b4a41; }
      .bot { background: #26332b; } .note { color: #b4c2b9; }
      .file, .choices button { background: #16201a; color: #eef3ef; border-color: #7d8f84; }
      textarea { background: #101812; } form { border-color: #3b4a41; }
    }`;

  /** Knows the visitor again on this page's site; without storage only until the page is closed. */
  function visitor() {
    const name = 'switchboard-visitor ' + channel;
    const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(32)), b => b.toString(16).padStart(2, '0')).join('');
    try {
      let secret = localStorage.getItem(name);
      if (!secret) {
        secret = fresh();
        localStorage.setItem(name, secret);
      }
      return secret;
    } catch (e) {
      return fresh();
    }
  }

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties || {});
    made.append(...children);
    return made;
  };

  /** Bold, emphasis, code, headings and links, as nodes; everything else stays the text that it is. */
  function rendered(text) {
    const out = document.createDocumentFragment();
    const pattern = /\*\*([^*\n]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])|`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])|^#{1,6} +(.+)$/gm;
    let at = 0;
    for (const found of text.matchAll(pattern)) {
      out.append(text.slice(at, found.index));
      const [whole, strong, em, code, label, address, bare, heading] = found;
      if (strong || heading) {
        out.append(element('strong', { textContent: strong || heading }));
      } else if (em) {
        out.append(element('em', { textContent: em }));
      } else if (code) {
        out.append(element('code', { textContent: code }));
      } else {
        out.append(element('a', { href: address || bare, target: '_blank', rel: 'noopener noreferrer', textContent: label || bare }));
      }
      at = found.index + whole.length;
    }
    out.append(text.slice(at));
    return out;
  }

  const host = element('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const opener = element('button', { className: 'open', type: 'button', textContent: words.title });
  opener.setAttribute('aria-expanded', 'false');
  const closer = element('button', { type: 'button', textContent: '×' });
  closer.setAttribute('aria-label', words.close);
  const log = element('div', { className: 'log', tabIndex: 0 });
  log.setAttribute('role', 'log');
  log.setAttribute('aria-live', 'polite');
  log.setAttribute('aria-label', words.title);
  const input = element('textarea', { maxLength: 4000, placeholder: words.placeholder, rows: 1 });
  input.setAttribute('aria-label', words.placeholder);
  const form = element('form', {}, input, element('button', { type: 'submit', textContent: words.send }));
  const title = element('h2', { textContent: words.title, id: 'title' });
  const panel = element('section', { className: 'panel', hidden: true }, element('header', {}, title, closer), log, form);
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-labelledby', 'title');
  root.append(opener, panel);

  const secret = visitor();
  const shown = new Set();
  const waiting = [];
  let typing = null;
  let drafted = null;
  let offered = null;
  let following = null;

  /** What the visitor may answer without typing; it goes when something else is said. */
  function offer(choices) {
    if (offered) {
      offered.remove();
      offered = null;
    }
    if (choices && choices.length) {
      offered = element('div', { className: 'choices' }, ...choices.map(choice => {
        const button = element('button', { type: 'button', textContent: choice });
        button.addEventListener('click', () => {
          input.focus();
          write(choice);
        });
        return button;
      }));
      log.append(offered);
      log.scrollTop = log.scrollHeight;
    }
  }

  /** A file that a person sent: a picture is shown, and everything can be saved. */
  function attached(file, id) {
    const size = file.size < 1e6 ? Math.ceil(file.size / 1e3) + ' kB' : (file.size / 1e6).toFixed(1) + ' MB';
    const button = element('button', { type: 'button', className: 'file', textContent: file.name + ' (' + size + ')' });
    button.setAttribute('aria-label', words.save + ' ' + file.name);
    let loaded = null;
    const load = () => loaded = loaded || fetch(channel + '/files/' + id, { headers: { 'X-Visitor': secret }, credentials: 'omit' })
      .then(answer => answer.ok ? answer.blob() : Promise.reject(new Error('status ' + answer.status)))
      .then(content => URL.createObjectURL(content))
      .catch(e => {
        loaded = null;
        throw e;
      });
    button.addEventListener('click', () => load()
      .then(address => element('a', { href: address, download: file.name }).click())
      .catch(() => note(words.missing)));
    const made = element('div', {}, button);
    if (file.mediaType.startsWith('image/')) {
      const picture = element('img', { alt: file.name });
      picture.addEventListener('load', () => {
        made.prepend(picture);
        log.scrollTop = log.scrollHeight;
      });
      load().then(address => picture.src = address).catch(() => {});
    }
    return made;
  }

  function show(from, text, file) {
    offer([]);
    const said = element('div', { className: 'said ' + from },
      element('span', { className: 'name', textContent: (from === 'visitor' ? words.you : words.us) + ': ' }),
      file || '', from === 'bot' ? rendered(text) : text);
    log.append(said);
    log.scrollTop = log.scrollHeight;
    return said;
  }

  function note(text) {
    const made = element('div', { className: 'note', textContent: text });
    log.append(made);
    log.scrollTop = log.scrollHeight;
    return made;
  }

  function setTyping(on) {
    if (typing) {
      typing.remove();
      typing = null;
    }
    if (on) {
      typing = note(words.us + ' ' + words.typing);
    }
  }

  /** What is being written; it is read aloud when it is whole, and may become another answer. */
  function draft(text) {
    if (!drafted) {
      drafted = element('div', { className: 'said bot draft' });
      drafted.setAttribute('aria-hidden', 'true');
      log.insertBefore(drafted, typing);
    }
    drafted.replaceChildren(rendered(text));
    log.scrollTop = log.scrollHeight;
  }

  function dropDraft() {
    if (drafted) {
      drafted.remove();
      drafted = null;
    }
  }

  /** What came from the server; what the visitor wrote here stands there already. */
  function take(message) {
    if (shown.has(message.id)) {
      return;
    }
    shown.add(message.id);
    if (message.from === 'visitor') {
      const mine = waiting.indexOf(message.text);
      if (mine >= 0) {
        waiting.splice(mine, 1);
        return;
      }
    }
    if (message.from === 'bot') {
      setTyping(false);
      dropDraft();
    }
    show(message.from, message.text, message.file && attached(message.file, message.id));
    offer(message.choices);
  }

  /** Reads the stream, and comes again when it ends, ever more slowly while it fails. */
  async function follow(signal) {
    let pause = 500;
    while (!signal.aborted) {
      try {
        const answer = await fetch(channel + '/events', { headers: { 'X-Visitor': secret }, signal, cache: 'no-store', credentials: 'omit' });
        if (!answer.ok) {
          throw new Error('status ' + answer.status);
        }
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = '';
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          pause = 500;
          rest += part.value;
          const events = rest.split('\n\n');
          rest = events.pop();
          for (const event of events) {
            const data = () => JSON.parse(event.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n'));
            if (/^event: ?message$/m.test(event)) {
              take(data());
            } else if (/^event: ?draft$/m.test(event)) {
              draft(data().text);
            }
          }
        }
      } catch (e) {
        pause = Math.min(pause * 2, 30000);
      }
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  async function write(text) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, '0')).join('');
    const said = show('visitor', text);
    waiting.push(text);
    setTyping(true);
    try {
      const answer = await fetch(channel + '/messages', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Visitor': secret },
        body: JSON.stringify({ id, text }),
        credentials: 'omit'
      });
      if (!answer.ok) {
        throw new Error(answer.status === 429 ? words.busy : words.offline);
      }
    } catch (e) {
      waiting.splice(waiting.indexOf(text), 1);
      said.remove();
      setTyping(false);
      note(e.message === words.busy ? words.busy : words.offline);
      input.value = text;
    }
  }

  function open() {
    opener.hidden = true;
    opener.setAttribute('aria-expanded', 'true');
    panel.hidden = false;
    if (!log.firstChild) {
      show('bot', words.greeting);
    }
    if (!following) {
      following = new AbortController();
      follow(following.signal);
    }
    input.focus();
  }

  function close() {
    panel.hidden = true;
    opener.hidden = false;
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  }

  opener.addEventListener('click', open);
  closer.addEventListener('click', close);
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      close();
    }
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    const text = input.value.trim();
    if (text) {
      input.value = '';
      write(text);
    }
  });

  const place = () => document.body.append(host);
  if (document.body) {
    place();
  } else {
    addEventListener('DOMContentLoaded', place);
  }
})();
