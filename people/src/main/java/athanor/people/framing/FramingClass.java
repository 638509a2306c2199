package athanor.people.framing;

/**
 * Shot scales. A figure is 7.5 heads high; "cut" is how many heads below the crown the lower edge of the picture is.
 *
 * <p>Head and shoulders (cut 1.6 to 2.6, a bust) counts as {@link #CLOSE_UP}: prompts call both "portrait" and "headshot", and a
 * LoRA that was shown busts draws heads, not waists. The border to {@link #HALF} is at the lower ribs, above the elbow of a
 * hanging arm.
 */
public enum FramingClass {
    /** Face, head, or head and shoulders: cut below 2.6. */
    CLOSE_UP,
    /** To waist or hip: cut 2.6 to 4.2. */
    HALF,
    /** To thigh, knee or shin: cut 4.2 to the ankles, feet not in the picture. */
    COWBOY,
    /** The whole figure with its feet, at least half as high as the picture (or as wide, when lying). */
    FULL,
    /** The whole figure, smaller than half of the picture. */
    WIDE,
    /** A body whose head is above the picture. */
    HEADLESS,
    /** Detectors looked, and neither a face nor a body was found. (Tiny figures and bodies without a head are missed now and then.) */
    NONE,
    /** Somebody may be in the picture, but the evidence is too weak, or contradicts itself. Ask the user. */
    UNKNOWN
}
