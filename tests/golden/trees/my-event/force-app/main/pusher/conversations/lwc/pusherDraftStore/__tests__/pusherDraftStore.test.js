import { keepDraft, readDraft } from 'c/pusherDraftStore';

describe('c-pusher-draft-store', () => {
    afterEach(() => {
        jest.restoreAllMocks();
        window.sessionStorage.clear();
    });

    it('keeps one text for each conversation', () => {
        keepDraft('a01', 'Dear Ada');
        keepDraft('a02', 'Dear Bob');
        expect(readDraft('a01')).toBe('Dear Ada');
        expect(readDraft('a02')).toBe('Dear Bob');
        expect(readDraft('a03')).toBe('');
    });

    it('forgets what was sent', () => {
        keepDraft('a01', 'Dear Ada');
        keepDraft('a01', '');
        expect(readDraft('a01')).toBe('');
        expect(window.sessionStorage).toHaveLength(0);
    });

    it.each(['getItem', 'setItem'])(
        'keeps it as long as the page where %s is forbidden',
        (method) => {
            jest.spyOn(Storage.prototype, method).mockImplementation(() => {
                throw new DOMException('Denied', 'SecurityError');
            });
            jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
                throw new DOMException('Full', 'QuotaExceededError');
            });
            keepDraft('a09', 'Dear Ada');
            expect(readDraft('a09')).toBe('Dear Ada');
            keepDraft('a09', 'Dear Ada, good');
            expect(readDraft('a09')).toBe('Dear Ada, good');
        }
    );

    it('gives the newest text where there was no room for it any more', () => {
        keepDraft('a07', 'Dear');
        jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
            throw new DOMException('Full', 'QuotaExceededError');
        });
        keepDraft('a07', 'Dear Ada');
        expect(readDraft('a07')).toBe('Dear Ada');
    });

    it('forgets what could not be stored', () => {
        jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
            throw new DOMException('Full', 'QuotaExceededError');
        });
        keepDraft('a08', 'Dear Ada');
        keepDraft('a08', '');
        expect(readDraft('a08')).toBe('');
    });
});
