// What the learner wants to see, sent one wish at a time: the newest counts, and none overtakes another.

export class Look {
  /** `said(sentence)`: why a wish was refused, "" when one was granted. */
  constructor(api, said) {
    Object.assign(this, { api, said, wanted: null, busy: false });
  }

  /** Ask for options of `look`; what is asked for while another wish is under way waits, and later options win. */
  async ask(options) {
    this.wanted = { ...this.wanted, ...options };
    if (this.busy) return;
    this.busy = true;
    while (this.wanted) {
      const next = this.wanted;
      this.wanted = null;
      try {
        await this.api.send({ do: "look", options: next });
        this.said("");
      } catch (error) {
        this.said(error.message);
      }
    }
    this.busy = false;
  }

  /** Choose a sample of a part ("train" or "test"); an image of one's own goes. */
  sample(part, sample) {
    return this.ask({ part, sample, image: null });
  }
}
