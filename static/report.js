// Works out a small proof while somebody writes: a number whose hash with the form's ticket begins with zero bits.
// Without it (no script, or no secure connection) the form is taken as well, a little later after it was opened.
const form = document.querySelector("form[data-work-bits]");

async function prove(ticket, bits) {
  const encoder = new TextEncoder();
  for (let work = 0; ; work += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`${ticket}:${work}`));
    if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) return work;
  }
}

if (form && window.crypto?.subtle) {
  const { ticket, work } = form.elements;
  prove(ticket.value, Number(form.dataset.workBits)).then((found) => { work.value = String(found); });
}
