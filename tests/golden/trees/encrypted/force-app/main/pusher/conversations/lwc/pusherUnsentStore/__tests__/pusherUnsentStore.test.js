import { UnsentStore } from 'c/pusherUnsentStore';

const row = (clientKey) => ({
    clientKey,
    direction: 'Outbound',
    body: `Text ${clientKey}`,
    sentAt: '2026-11-20T09:00:00.000Z'
});

describe('c-pusher-unsent-store', () => {
    afterEach(() => {
        jest.restoreAllMocks();
        window.sessionStorage.clear();
    });

    it('gives back what was kept, to a page that is loaded later', () => {
        const unsent = new UnsentStore('005', 'a01');
        unsent.keep(row('1'));
        unsent.keep(row('2'));
        unsent.keep({ ...row('1'), status: 'Failed' });
        const later = new UnsentStore('005', 'a01');
        expect(later.list()).toEqual([row('2'), row('1')]);
    });

    it('keeps users and conversations apart', () => {
        new UnsentStore('005', 'a01').keep(row('1'));
        expect(new UnsentStore('006', 'a01').list()).toEqual([]);
        expect(new UnsentStore('005', 'a02').list()).toEqual([]);
    });

    it('leaves nothing behind', () => {
        const unsent = new UnsentStore('005', 'a01');
        unsent.keep(row('1'));
        unsent.drop(new Set(['1']));
        expect(window.sessionStorage).toHaveLength(0);
    });

    it('starts anew where somebody else has written there', () => {
        const unsent = new UnsentStore('005', 'a01');
        window.sessionStorage.setItem(unsent.name, '{broken');
        expect(unsent.list()).toEqual([]);
    });

    it('remembers for the page what there is no room for', () => {
        const unsent = new UnsentStore('005', 'a08');
        unsent.keep(row('1'));
        jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
            throw new DOMException('Full', 'QuotaExceededError');
        });
        unsent.keep(row('2'));
        expect(unsent.list()).toEqual([row('1'), row('2')]);
        unsent.drop(new Set(['1', '2']));
        expect(unsent.list()).toEqual([]);
    });

    it('remembers for the page where storage is denied', () => {
        const denied = () => {
            throw new Error('SecurityError');
        };
        jest.spyOn(Storage.prototype, 'getItem').mockImplementation(denied);
        jest.spyOn(Storage.prototype, 'setItem').mockImplementation(denied);
        jest.spyOn(Storage.prototype, 'removeItem').mockImplementation(denied);
        const unsent = new UnsentStore('005', 'a09');
        unsent.keep(row('1'));
        expect(new UnsentStore('005', 'a09').list()).toEqual([row('1')]);
        unsent.drop(new Set(['1']));
        expect(unsent.list()).toEqual([]);
    });
});
