"""The page's part «task»."""

from fastapi import APIRouter

router = APIRouter()
