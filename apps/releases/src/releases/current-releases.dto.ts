import { ApiProperty } from '@nestjs/swagger';
import { Release } from './release.dto.js';

export class CurrentReleases {
  @ApiProperty({ format: 'uuid' }) projectId: string;
  @ApiProperty({ type: [Release], description: 'At most one for each environment, the lowest environment first' })
  releases: Release[];
}

export class CurrentReleasesPage {
  @ApiProperty({ type: [CurrentReleases] }) items: CurrentReleases[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}
