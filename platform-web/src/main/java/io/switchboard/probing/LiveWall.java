package io.switchboard.probing;

import io.switchboard.isolation.CheckedWall;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The wall of the installation that is running, between two tenants that are made for the check and taken away after it. */
@Component
class LiveWall implements CheckedWall {

    private final WallProbe wall;
    private final WorldMaker worlds;
    private final Environment environment;
    private final String host;

    LiveWall(
            WallProbe wall,
            WorldMaker worlds,
            Environment environment,
            @Value("${server.address:127.0.0.1}") String host) {
        this.wall = wall;
        this.worlds = worlds;
        this.environment = environment;
        this.host = host;
    }

    @Override
    public Result check() {
        List<World> made = new ArrayList<>();
        try {
            World mine = worlds.make('a');
            made.add(mine);
            World other = worlds.make('b');
            made.add(other);
            var tables = wall.tables(mine, other);
            return new Result(wall.endpoints(address(), mine, other, worlds.strangersToken()), tables);
        } finally {
            made.forEach(worlds::remove);
        }
    }

    private URI address() {
        return URI.create("http://" + host + ":" + environment.getRequiredProperty("local.server.port"));
    }
}
