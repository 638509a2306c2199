package athanor.tinybase.world;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** The few strokes that the world is painted with, on a Graphics2D that is already scaled. */
record Brush(Graphics2D g) {

    /** @return anti-aliased, with sub-pixel positions */
    static Brush on(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return new Brush(g);
    }

    void fill(int rgb, Shape shape) {
        g.setColor(new Color(rgb));
        g.fill(shape);
    }

    void line(int rgb, double width, Shape shape) {
        g.setColor(new Color(rgb));
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    static Shape oval(double centreX, double centreY, double radiusX, double radiusY) {
        return new Ellipse2D.Double(centreX - radiusX, centreY - radiusY, 2 * radiusX, 2 * radiusY);
    }

    static Shape box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    static Shape round(double x, double y, double width, double height, double arc) {
        return new RoundRectangle2D.Double(x, y, width, height, arc, arc);
    }

    /** @param xy corners x0, y0, x1, y1, ... */
    static Shape polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    static Shape star(double centreX, double centreY, double radius, int points) {
        double[] xy = new double[4 * points];
        for (int i = 0; i < 2 * points; i++) {
            double r = i % 2 == 0 ? radius : radius * 0.44;
            double angle = -Math.PI / 2 + i * Math.PI / points;
            xy[2 * i] = centreX + r * Math.cos(angle);
            xy[2 * i + 1] = centreY + r * Math.sin(angle);
        }
        return polygon(xy);
    }

    /** @return the colour with its light multiplied by the factor */
    static int shade(int rgb, double factor) {
        int red = (int) Math.min(255, (rgb >> 16 & 255) * factor);
        int green = (int) Math.min(255, (rgb >> 8 & 255) * factor);
        int blue = (int) Math.min(255, (rgb & 255) * factor);
        return red << 16 | green << 8 | blue;
    }
}
