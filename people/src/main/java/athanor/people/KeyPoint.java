package athanor.people;

/** Where a part of a face is, in pixels of the picture given. */
public record KeyPoint(Part part, double x, double y) {

    /** The six parts that BlazeFace tells, in its order. Left and right are the person's own. */
    public enum Part {
        RIGHT_EYE,
        LEFT_EYE,
        NOSE_TIP,
        MOUTH,
        RIGHT_EAR,
        LEFT_EAR
    }
}
