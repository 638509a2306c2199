package athanor.people;

import java.util.List;

/**
 * How the main person stands, sits or lies.
 *
 * @param score how sure the estimator is that these joints belong to a person, 0 to 1
 * @param box around the person's visible joints, the head included
 * @param joints one for each {@link JointName}, in that order
 */
public record Pose(double score, Box box, List<Joint> joints) {

    public Pose {
        joints = List.copyOf(joints);
        if (joints.size() != JointName.values().length) {
            throw new IllegalArgumentException(
                    "a pose has %d joints, got %d".formatted(JointName.values().length, joints.size()));
        }
    }

    public Joint joint(JointName name) {
        return joints.get(name.ordinal());
    }
}
