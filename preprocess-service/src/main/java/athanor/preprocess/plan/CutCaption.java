package athanor.preprocess.plan;

/**
 * A caption that is longer than the text encoder reads.
 *
 * @param tokens that the caption has
 * @param room tokens that are read
 * @param unread the words behind these
 */
public record CutCaption(int tokens, int room, String unread) {}
