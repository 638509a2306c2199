package athanor.contracts.picture;

/** What can be said of a picture. Programs go by the code, people by the sentence beside it. */
public enum FindingCode {
    /** Fewer effective pixels than the base is trained at. */
    TOO_SMALL,
    /** Enlarged by somebody before: it has fewer pixels of its own than it seems. */
    UPSCALED,
    BLURRED,
    MOTION_BLURRED,
    /** The face is soft, whatever the background is. */
    FACE_BLURRED,
    /** JPEG's blocks can be seen. */
    OVERCOMPRESSED,
    DARK,
    OVEREXPOSED,
    FLAT,
    NOISY,
    /** Pixel for pixel another picture of the set. */
    DUPLICATE,
    /** Another picture of the set, saved again in another size or quality. */
    SAME_SHOT,
    /** Taken a moment before or after another picture of the set. */
    BURST,
    /** Another picture of the set as a mirror shows it. */
    MIRRORED,
    /** Another picture of the set, cut or edited. */
    NEAR_DUPLICATE,
    SEVERAL_PEOPLE,
    NO_PERSON,
    /** The file is damaged, or may be. */
    DAMAGED,
    /** More than one frame. */
    ANIMATION,
    /** The colour profile could not be used. */
    COLOUR_PROFILE,
    /** The file holds more than one picture, or samples of an unusual kind. */
    UNUSUAL_FILE,
    /** A picture of a kind that is not read here. */
    UNSUPPORTED,
    /** Nothing that is a picture. */
    NO_PICTURE,
    /** Damaged or unsupported, which cannot be told apart. */
    UNREADABLE,
    /** Too large, too small or too narrow to be taken at all. */
    SIZE,
    /** The same file as another one of the set. */
    SAME_FILE,
    /** Another picture of the set has this name. */
    NAME_TAKEN,
    /** The run has as many pictures as it takes. */
    TOO_MANY,
    /** Somebody left it out by hand, and may take it back until the run starts. */
    LEFT_OUT,
    /** The picture could not be fetched from where an event said it is. */
    NOT_THERE
}
