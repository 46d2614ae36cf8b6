var map_geoposture = geoposture.boot();
