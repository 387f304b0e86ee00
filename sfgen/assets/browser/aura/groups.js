// Parts of a component that come and go: conditions, iterations and what stands between its tags.
import { isTrue } from './expressions.js';
import { drawAll } from './rendering.js';
import { Value } from './values.js';

/** Several blocks in a place of their own, which may come and go. */
class Group {
    constructor() {
        this.anchor = document.createComment('');
        this.blocks = [];
    }

    show(blocks) {
        this.blocks.flatMap((block) => block.nodes()).forEach((node) => node.remove());
        this.blocks.forEach((block) => block.destroy());
        this.blocks = blocks;
        if (this.anchor.parentNode) {
            this.anchor.before(...this.blocks.flatMap((block) => block.nodes()));
        }
    }

    nodes() {
        return [...this.blocks.flatMap((block) => block.nodes()), this.anchor];
    }

    updateBlocks() {
        return this.blocks.map((block) => block.update()).some(Boolean);
    }

    destroy() {
        this.blocks.forEach((block) => block.destroy());
        this.blocks = [];
    }
}

export class If extends Group {
    constructor({ values, content }, scope) {
        super();
        this.condition = scope.bind(values.isTrue);
        this.scope = scope;
        const isElse = (node) => node.space === 'aura' && node.name === 'set' && node.values.attribute === 'else';
        this.content = content.filter((node) => !isElse(node));
        this.otherwise = content.filter(isElse).flatMap((node) => node.content);
        this.update();
    }

    update() {
        const isMet = isTrue(this.condition.get());
        if (isMet === this.isMet) {
            return this.updateBlocks();
        }
        this.isMet = isMet;
        this.show(drawAll(isMet ? this.content : this.otherwise, this.scope));
        this.updateBlocks();
        return true;
    }
}

export class Iteration extends Group {
    constructor({ values, content }, scope) {
        super();
        Object.assign(this, { scope, content, name: values.var, indexName: values.indexVar, rows: [] });
        this.items = scope.bind(values.items);
        this.update();
    }

    update() {
        const items = [...(this.items.get() ?? [])];
        const isOther = items.length !== this.rows.length;
        this.rows.splice(items.length).forEach(({ blocks }) => {
            blocks.flatMap((block) => block.nodes()).forEach((node) => node.remove());
            blocks.forEach((block) => block.destroy());
        });
        const fresh = items.map((item, index) => this.setRow(item, index)).flat();
        this.blocks = this.rows.flatMap(({ blocks }) => blocks);
        if (this.anchor.parentNode) {
            this.anchor.before(...fresh.flatMap((block) => block.nodes()));
        }
        return this.updateBlocks() || isOther;
    }

    setRow(item, index) {
        const row = this.rows[index];
        if (!row) {
            const variable = new Value(item);
            const scope = this.scope.with({ [this.name]: variable, [this.indexName]: new Value(index) });
            const blocks = drawAll(this.content, scope);
            this.rows.push({ variable, blocks });
            return blocks;
        }
        if (row.variable.get() !== item) {
            row.variable.set(item);
        }
        return [];
    }
}

/** What stands between the tags of a component, where its markup says {!v.body}. */
export class Facet extends Group {
    constructor(scope) {
        super();
        this.body = scope.refer('v.body');
        this.update();
    }

    update() {
        const blocks = this.body.get() ?? [];
        if (blocks === this.shown) {
            return this.updateBlocks();
        }
        this.shown = blocks;
        this.show(blocks);
        return true;
    }
}
