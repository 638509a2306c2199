package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;

/** The file cannot be used, for a reason that its sender can act on. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private RefusedException(String sentence) {
        super(sentence, null, false, false);
    }

    static RefusedException because(String sentence) {
        return new RefusedException(sentence);
    }

    /** @param evidence what was found, in words that need no manual of a decoder */
    static RefusedException damaged(PictureFormat format, String evidence) {
        return new RefusedException("the %s file is damaged: %s; copy or export it again".formatted(format, evidence));
    }

    static RefusedException unsupported(String kind) {
        return new RefusedException("%s cannot be read here; export the picture as JPEG or PNG".formatted(kind));
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
