package io.staunch.verify.detect;

import java.util.Arrays;

/// Draws one service: its structure from one seed, its noise from another, so that an earlier life of the same
/// service is alike without being the same. Every range is far wider than what a single service would show.
final class Generator {
    private static final int DAY = 1440;
    private static final int MINUTES = 14 * DAY;
    private final Shape shape;
    private final boolean earlier;
    private final Draw structure;
    private final Draw noise;

    private final double base;
    private final double[] load = new double[MINUTES];
    private final double[] value = new double[MINUTES];
    private final boolean[] restart = new boolean[MINUTES];
    private final boolean[] deploy = new boolean[MINUTES];
    private final double loadEffect;
    private final double loadLag;
    private final double noiseMinutes;
    private final double noiseSize;
    private final double jitter;
    private final double warmUpMinutes;
    private final double warmUpSize;
    private final Traits traits;
    private int onset = -1;
    private int exhaustion = -1;

    private Generator(Shape shape, long seed, boolean earlier) {
        this.shape = shape;
        this.earlier = earlier;
        structure = new Draw(seed * 1_000_003 + shape.name().hashCode());
        noise = new Draw(seed * 7_000_003 + shape.name().hashCode() * 31L + (earlier ? 99 : 0));
        base = structure.between(900, 1500);
        boolean daily = shape.daily() || structure.chance(0.5);
        drawLoad(daily);
        boolean strong = shape == Shape.DAILY || shape == Shape.LEAK_UNDER_DAILY_CYCLE || shape.withoutLoadSeries();
        double share = daily ? structure.between(0.15, 0.5) : structure.between(0.02, 0.1);
        loadEffect = (strong ? structure.between(0.4, 0.8) : share) * base / 100;
        loadLag = structure.between(15, 60);
        noiseMinutes = structure.between(10, 90);
        noiseSize = structure.between(0.005, 0.015) * base;
        jitter = structure.between(0.003, 0.008) * base;
        boolean loop = shape == Shape.RESTART_LOOP;
        warmUpMinutes = loop ? structure.between(20, 120) : structure.between(10, 40);
        warmUpSize = (loop ? structure.between(0.2, 0.6) : structure.between(0.15, 0.4)) * base;
        traits = new Traits(8, structure);
    }

    /// @param earlier an earlier life of the same service, seen from its start, without its leak
    static Recording draw(Shape shape, long seed, boolean earlier) {
        return new Generator(shape, seed, earlier).draw();
    }

    private Recording draw() {
        drawEvents();
        if (shape.leaks() && !earlier) {
            boolean late = shape == Shape.LEAK_AFTER_DEPLOY;
            onset = late ? firstDeploy() : noise.chance(0.5) ? 0 : (int) noise.between(0, 3 * DAY);
        }
        drawLevel();
        double[] sorted = value.clone();
        Arrays.sort(sorted);
        double peak = sorted[(int) (0.995 * MINUTES)];
        double room = raw() ? structure.between(1.02, 1.3) : structure.logBetween(1.08, 3);
        double limit = peak * (shape == Shape.DATA_GROWTH ? Math.max(2, room) : room);
        leak(limit, Math.max(0.98 * limit - peak, 0.1 * base));
        observe();
        double[] shownLoad = shape.withoutLoadSeries() ? new double[0] : load;
        return new Recording(60, limits(limit), value, shownLoad, restart, deploy, onset, exhaustion);
    }

    private double[] limits(double limit) {
        double[] limits = new double[MINUTES];
        Arrays.fill(limits, limit);
        if (shape == Shape.LIMIT_CHANGES) {
            for (int t = 3999; t < MINUTES; t++) {
                limits[t] *= (t - 3999) / 4000 % 2 == 0 ? 1.5 : 1;
            }
        }
        return limits;
    }

    private boolean raw() {
        return shape == Shape.RAW_SAW_TOOTH || shape == Shape.LEAK_IN_RAW_SAW_TOOTH;
    }

    private void drawLoad(boolean daily) {
        double swing = daily ? structure.between(0.35, 0.6) : structure.between(0, 0.08);
        boolean weekly = shape == Shape.WEEKLY || (daily && structure.chance(0.4));
        double weekend = structure.between(0.45, 0.75);
        double phase = structure.below(DAY);
        double growth = shape == Shape.TRAFFIC_GROWTH ? structure.between(0.3, 1) : 0;
        int firstDay = structure.below(7);
        double wander = structure.between(0.02, 0.06);
        double keep = Math.exp(-1 / 20.0);
        double state = 0;
        double share = 1;
        for (int t = 0; t < MINUTES; t++) {
            state = keep * state + wander * Math.sqrt(1 - keep * keep) * noise.normal();
            double angle = 2 * Math.PI * (t - phase) / DAY;
            double x = 1 + swing * Math.sin(angle) + 0.25 * swing * Math.sin(2 * angle + 1);
            x *= weekly && (t / DAY + firstDay) % 7 >= 5 ? weekend : 1;
            x *= 1 + growth * t / MINUTES;
            if (shape == Shape.AUTOSCALED && t % 15 == 0) {
                share = 3.0 / Math.max(2, Math.ceil(3 * x));
            }
            load[t] = Math.max(1, 100 * x * share * (1 + state + 0.02 * noise.normal()));
        }
    }

    private void drawEvents() {
        int deploys = shape == Shape.DEPLOY_STEPS
                ? 1 + noise.below(4)
                : shape == Shape.LEAK_AFTER_DEPLOY || noise.chance(0.35) ? 1 : 0;
        for (int i = 0; i < deploys; i++) {
            boolean leaky = shape == Shape.LEAK_AFTER_DEPLOY;
            int at = (int) (leaky ? noise.between(3 * DAY, 7 * DAY) : noise.between(DAY, MINUTES - DAY));
            deploy[at] = true;
            restart[at] = true;
        }
        if (shape == Shape.LEAK_MASKED_BY_RESTARTS) {
            for (int t = (int) traits.in(0, 0, DAY); t < MINUTES; t += DAY) {
                restart[t] = t > 0;
            }
        }
        if (shape == Shape.RESTART_LOOP) {
            double period = traits.in(0, 2, 14) * 60;
            for (int t = 0; t < MINUTES; t += Math.max(30, (int) (period * noise.between(0.6, 1.4)))) {
                restart[t] = t > 0;
            }
        }
    }

    private int firstDeploy() {
        int t = 0;
        while (!deploy[t]) {
            t++;
        }
        return t;
    }

    private void drawLevel() {
        boolean cold = earlier
                || shape == Shape.WARM_UP
                || shape == Shape.WARM_UP_OF_DAYS
                || shape == Shape.RESTART_LOOP
                || shape == Shape.SLOW_BOUNDED_CACHE;
        int uptime = cold ? 0 : 120 + noise.below(3 * DAY);
        double sessions = load[0];
        double keep = Math.exp(-1 / noiseMinutes);
        double state = noiseSize * noise.normal();
        double step = 0;
        double spike = 0;
        int spikeLeft = 0;
        Extra own = new Extra();
        for (int t = 0; t < MINUTES; t++) {
            uptime++;
            if (restart[t]) {
                uptime = 0;
                sessions = 0.1 * load[t];
                own.restart();
                step += shape == Shape.DEPLOY_STEPS ? noise.between(-0.05, 0.3) * base : 0;
            }
            sessions += (load[t] - sessions) / loadLag;
            state = keep * state + noiseSize * Math.sqrt(1 - keep * keep) * noise.normal();
            double louder = own.louder(t);
            double v = base - loadEffect * 100 + loadEffect * sessions + step;
            v += own.at(t, uptime) + louder * (state + jitter * Math.abs(noise.normal()));
            if (spikeLeft > 0) {
                spikeLeft--;
                v += spike;
            } else if (noise.chance(0.0007)) {
                spikeLeft = 1 + noise.below(5);
                spike = noise.between(0.05, 0.25) * base;
            }
            value[t] = v;
        }
    }

    /// What a shape adds to level and noise.
    private final class Extra {
        private double fill;
        private double wander = traits.in(1, 0.05, 0.12) * base * noise.normal();
        private final int modeChange = (int) noise.between(2 * DAY, 11 * DAY);
        private final double phase = noise.between(0, 36 * 60);

        void restart() {
            fill = 0;
        }

        double louder(int t) {
            return shape == Shape.COLLECTOR_MODE_CHANGE && t > modeChange ? traits.in(2, 2, 4) : 1;
        }

        double at(int t, int uptime) {
            double warmUp = -warmUpSize * Math.exp(-uptime / warmUpMinutes);
            return switch (shape) {
                case WARM_UP -> {
                    double minutes = 40 * Math.pow(24, traits.get(0));
                    yield -0.3 * base + traits.in(1, 0.3, 1.2) * base * -Math.expm1(-uptime / minutes);
                }
                case SLOW_BOUNDED_CACHE -> {
                    fill += traits.in(0, 0.002, 0.01) * base / 60 * (0.5 + 0.5 * load[t] / 100);
                    fill = Math.min(traits.in(1, 0.3, 0.9) * base, fill);
                    yield warmUp + fill;
                }
                case BATCH_JOBS -> {
                    int period = traits.get(0) < 0.5 ? DAY : 6 * 60;
                    double into = (t + (int) (traits.get(1) * period)) % period;
                    double length = traits.in(2, 20, 120);
                    double ramp = Math.min(1, Math.min(into, length - into) / 5 + 0.2);
                    yield warmUp + (into < length ? traits.in(3, 0.3, 1) * base * ramp : 0);
                }
                case RAW_SAW_TOOTH, LEAK_IN_RAW_SAW_TOOTH -> warmUp + tooth(t);
                case COLLECTOR_MODE_CHANGE ->
                    warmUp
                            + traits.in(0, 0.08, 0.35)
                                    * base
                                    * Math.clamp((t - modeChange) / traits.in(1, 30, 360), 0, 1);
                case NOISY_NEIGHBOUR -> {
                    double keep = Math.exp(-1 / (traits.in(0, 6, 30) * 60));
                    wander = keep * wander
                            + traits.in(1, 0.05, 0.12) * base * Math.sqrt(1 - keep * keep) * noise.normal();
                    yield warmUp + wander;
                }
                case PAGE_CACHE -> {
                    fill += traits.in(0, 0.01, 0.08) * base / 60;
                    fill = fill > traits.in(1, 0.2, 0.6) * base || noise.chance(1e-4) ? 0.1 * fill : fill;
                    yield warmUp + fill;
                }
                case WEEKLY_FLUSH ->
                    warmUp
                            + traits.in(0, 0.1, 0.5)
                                    * base
                                    * -Math.expm1(-((t + (int) (traits.get(1) * 7 * DAY)) % (7 * DAY)) / 900.0);
                case WARM_UP_OF_DAYS ->
                    warmUp - traits.in(1, 0.2, 0.8) * base * Math.exp(-uptime / (traits.in(0, 1, 4) * DAY));
                case LEAK_UNDER_YOUNG_COLLECTIONS -> {
                    double minor = traits.in(0, 5, 60);
                    yield warmUp + traits.in(2, 0.1, 0.4) * base * (t % minor / minor);
                }
                case DATA_GROWTH ->
                    warmUp + traits.in(0, 0.05, 0.2) * base * Math.sqrt((earlier ? t : t + MINUTES) / (double) MINUTES);
                case FLAT,
                        DAILY,
                        WEEKLY,
                        DEPLOY_STEPS,
                        TRAFFIC_GROWTH,
                        RESTART_LOOP,
                        LEAK_LINEAR,
                        LEAK_SLOW,
                        LEAK_ACCELERATING,
                        LEAK_WITH_LOAD,
                        LEAK_PER_EVENT,
                        LEAK_AFTER_DEPLOY,
                        LEAK_UNDER_DAILY_CYCLE,
                        LEAK_OFF_HEAP,
                        LIMIT_CHANGES,
                        QUANTISED,
                        DAILY_WITHOUT_LOAD,
                        AUTOSCALED,
                        LEAK_AT_NIGHT,
                        LEAK_WITHOUT_LOAD_SERIES,
                        LEAK_FAST,
                        LEAK_QUANTISED,
                        STICKY_RSS,
                        LEAK_MASKED_BY_RESTARTS,
                        LEAK_STAIRCASE,
                        LEAK_PER_BATCH -> warmUp;
            };
        }

        private double tooth(int t) {
            double minor = traits.in(0, 5, 60);
            double major = traits.in(1, 6, 36) * 60;
            return traits.in(2, 0.1, 0.4) * 4096 * (t % minor / minor)
                    + traits.in(3, 0.03, 0.2) * 4096 * ((t + phase) % major / major);
        }
    }

    private void leak(double limit, double room) {
        double perMinute = switch (shape) {
            case LEAK_SLOW -> 0.005 * base / 60;
            case LEAK_UNDER_DAILY_CYCLE, LEAK_WITHOUT_LOAD_SERIES -> traits.in(0, 0.003, 0.006) * base / 60;
            case LEAK_FAST -> room / (traits.in(0, 0.15, 0.6) * DAY);
            default -> room / (traits.in(0, 1, 6) * DAY);
        };
        double days = traits.in(0, 2, 7) * DAY;
        double eventChance = 1 / (traits.in(1, 1, 6) * 60);
        double eventSize = traits.in(2, 0.02, 0.06) * base;
        double kept = shape == Shape.STICKY_RSS ? 0.05 : 0.15;
        boolean sticky = shape == Shape.STICKY_RSS || shape == Shape.LEAK_OFF_HEAP || shape == Shape.NOISY_NEIGHBOUR;
        double leaked = 0;
        double highest = 0;
        int age = 0;
        int died = Integer.MAX_VALUE;
        for (int t = 0; t < MINUTES; t++) {
            if (restart[t]) {
                leaked = 0;
                age = 0;
                highest = 0;
            }
            died = died == Integer.MAX_VALUE ? died : died + 1;
            double v = value[t] - (died < 600 ? warmUpSize * Math.exp(-died / warmUpMinutes) : 0);
            if (onset >= 0 && t >= onset) {
                age++;
                leaked = switch (shape) {
                    case LEAK_ACCELERATING -> room * age / days * age / days;
                    case LEAK_PER_EVENT ->
                        leaked + (noise.chance(eventChance) ? eventSize * noise.between(0.5, 1.5) : 0);
                    case LEAK_WITH_LOAD -> leaked + perMinute * Math.max(0, (load[t] - 35) / 65);
                    case LEAK_STAIRCASE ->
                        leaked + (age % (int) (traits.in(0, 4, 12) * 60) == 0 ? traits.in(2, 0.04, 0.1) * base : 0);
                    case LEAK_PER_BATCH -> leaked + (t % 360 < 60 ? 6 * perMinute : 0);
                    case LEAK_AT_NIGHT -> leaked + (t % DAY < 360 ? 4 * perMinute : 0);
                    default -> leaked + perMinute;
                };
                v += leaked;
            }
            if (sticky) {
                highest = Math.max(0.99985 * highest, v - kept * base);
                v = Math.max(v, highest);
            }
            if (v >= 0.98 * limit) {
                v = 0.98 * limit;
                if (leaked > 0.02 * base) {
                    exhaustion = exhaustion < 0 ? t : exhaustion;
                    restart[Math.min(MINUTES - 1, t + 1)] = true;
                    died = 0;
                }
            }
            value[t] = Math.max(50, v);
        }
    }

    /// Rounding, missing samples and gaps.
    private void observe() {
        boolean coarse = shape == Shape.QUANTISED || shape == Shape.LEAK_QUANTISED;
        int gap = noise.chance(0.5) ? noise.below(MINUTES - 300) : MINUTES;
        int gapEnd = gap + (int) noise.between(30, 240);
        for (int t = 0; t < MINUTES; t++) {
            value[t] = coarse ? 64 * Math.rint(value[t] / 64) : value[t];
            value[t] = noise.chance(0.01) || (t >= gap && t < gapEnd) ? Double.NaN : value[t];
        }
    }
}
