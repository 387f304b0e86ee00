import { createMarker } from 'c/pusherMarkerModel';

function createChat(readSequence, ...sequences) {
    const messages = sequences.map((sequence) => ({
        direction: 'Inbound',
        sequence
    }));
    return { isOpen: true, readSequence, messages };
}

describe('c-pusher-marker-model', () => {
    let from;
    let hidden;
    let marker;

    function hide(isHidden) {
        hidden.mockReturnValue(isHidden);
        document.dispatchEvent(new CustomEvent('visibilitychange'));
    }

    beforeEach(() => {
        jest.useFakeTimers();
        hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(false);
        from = 0;
        marker = createMarker((value) => {
            from = value;
        });
        marker.setVisible(true);
    });

    afterEach(() => {
        marker.close();
        jest.restoreAllMocks();
        jest.useRealTimers();
    });

    it('stands above what is unread when the chat opens', () => {
        marker.update({ isOpen: false, messages: [] });
        expect(from).toBe(0);
        marker.update(createChat(3, 3, 4, 5));
        expect(from).toBe(4);
        marker.update(createChat(5, 3, 4, 5));
        expect(from).toBe(4);
    });

    it('goes once everything has been read for a while', () => {
        marker.update(createChat(3, 3, 4));
        jest.advanceTimersByTime(9999);
        expect(from).toBe(4);
        jest.advanceTimersByTime(1);
        expect(from).toBe(4);
        marker.update(createChat(4, 3, 4));
        jest.advanceTimersByTime(10000);
        expect(from).toBe(0);
        marker.update(createChat(4, 3, 4, 5));
        expect(from).toBe(0);
    });

    it('comes back above what came while the chat was out of sight', () => {
        marker.update(createChat(4, 4));
        jest.advanceTimersByTime(10000);
        marker.setVisible(false);
        marker.update(createChat(4, 4, 5));
        jest.advanceTimersByTime(60000);
        marker.setVisible(true);
        expect(from).toBe(5);
    });

    it('comes back above what came while another tab was in front', () => {
        marker.update(createChat(4, 4));
        jest.advanceTimersByTime(10000);
        hide(true);
        jest.advanceTimersByTime(60000);
        hide(false);
        marker.update(createChat(4, 4, 5));
        expect(from).toBe(5);
    });

    it('leaves nothing behind when it is closed', () => {
        marker.update(createChat(3, 3, 4));
        marker.close();
        hide(true);
        hide(false);
        expect(jest.getTimerCount()).toBe(0);
        expect(from).toBe(4);
    });
});
